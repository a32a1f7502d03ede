/** Rules that come with the product; each gives numbers for every language. */
export const builtInProfiles = ["netflix", "netflix-children", "ted", "bbc", "shorts"] as const;
export type BuiltInProfile = (typeof builtInProfiles)[number];
