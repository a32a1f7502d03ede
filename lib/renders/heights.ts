/** The most for the picture's shorter side, px; as it is, or smaller. */
export const renderHeights = ["source", 1080, 720] as const;
export type RenderHeight = (typeof renderHeights)[number];
