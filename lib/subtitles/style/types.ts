/**
 * How subtitles look on the picture. Lengths are in percent of the picture's height, so that a
 * style looks the same on every size of screen and file.
 */
export interface SubtitleStyle {
  /** Family name of a font; "Pretendard" is always there. */
  fontFamily: string;
  /** Height of a line of type, 1..20. */
  fontSizePercent: number;
  bold: boolean;
  italic: boolean;
  /** "#rrggbb" or "#rrggbbaa". */
  color: string;
  outlineColor: string;
  /** 0..2; 0: none. */
  outlinePercent: number;
  /** 0..2; 0: none. */
  shadowPercent: number;
  /** A box behind the lines; null: none. */
  backgroundColor: string | null;
  /**
   * Where on the picture and how lines are aligned, by the number pad: 1 to 3 at the bottom, 4 to 6
   * in the middle, 7 to 9 at the top; left, centre, right.
   */
  alignment: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
  /** Distance from the picture's top or bottom, 0..50. */
  marginVerticalPercent: number;
  /** Distance from its left and right edges, in percent of its width, 0..45. */
  marginHorizontalPercent: number;
  /** The point that `alignment` stands on, in percent of width and height; null: by the margins. */
  position: { xPercent: number; yPercent: number } | null;
}

/** What one cue has of its own; the rest is the track's. */
export type StyleOverrides = Partial<SubtitleStyle>;
