/** Most people who have a video, invited ones included. */
export const maxPeople = 50;
/** Most links of a video that are open at once. */
export const maxLinks = 20;
/** An invitation that isn't followed in this time is forgotten, in ms. */
export const invitationMs = 30 * 24 * 3_600_000;
/** The longest that a link is open, in days. */
export const maxLinkDays = 365;
