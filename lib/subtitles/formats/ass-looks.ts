import { oneLine } from "@/lib/subtitles/formats/text-form";
import type { Cue, SubtitleDocument } from "@/lib/subtitles/model";
import {
  type AssStyle,
  assStyle,
  type PictureSize,
  styleKey,
  styleOf,
  usualStyle,
} from "@/lib/subtitles/style";
import type { StyleOverrides, SubtitleStyle } from "@/lib/subtitles/style/types";

export const styleFormat =
  "Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding";

/** The style of a second language's lines. */
export const secondStyle = "Second";
/** How large they are beside the first's. */
const secondShare = 0.8;

/** A value of a field: no comma, for that ends the field. */
export function fieldText(text: string): string {
  return oneLine(text).replaceAll(",", "\uff0c");
}

function styleLine(name: string, look: AssStyle): string {
  const { bold, italic, borderStyle, outline, shadow, alignment } = look;
  const fields = [
    ...[name, fieldText(look.fontName), look.fontSize, look.primaryColour, "&H000000FF"],
    ...[look.outlineColour, look.backColour, bold, italic, 0, 0, 100, 100, 0, 0],
    ...[borderStyle, outline, shadow, alignment, look.marginL, look.marginR, look.marginV, 1],
  ];
  return `Style: ${fields.join(",")}`;
}

interface Look {
  name: string;
  alignment: number;
  /** `{\pos(x,y)}`, or nothing. */
  position: string;
}

/** The styles of a document as ASS has them: the track's, and one for each look that cues have. */
export class AssLooks {
  readonly lines: string[] = [];
  readonly #looks = new Map<string, Look>();
  readonly #picture: PictureSize;
  readonly #base: SubtitleStyle;

  constructor(
    document: SubtitleDocument,
    options: { picture: PictureSize; fontName: string | undefined; second: boolean },
  ) {
    const { picture, fontName, second } = options;
    const base = document.style ?? usualStyle(picture);
    this.#picture = picture;
    this.#base = fontName === undefined ? base : { ...base, fontFamily: fontName };
    this.#add("", "Default", this.#base);
    if (second) {
      const fontSizePercent = this.#base.fontSizePercent * secondShare;
      this.lines.push(
        styleLine(secondStyle, assStyle({ ...this.#base, fontSizePercent }, picture)),
      );
    }
    for (const { styleOverrides: own } of document.cues) if (own) this.#own(own);
  }

  /** How a cue looks. */
  of({ styleOverrides: own }: Cue): Look {
    return this.#looks.get(own ? styleKey(own) : "") ?? this.#own(own ?? {});
  }

  #own(own: StyleOverrides): Look {
    const key = styleKey(own);
    const known = this.#looks.get(key);
    if (known) return known;
    return this.#add(key, `Look ${this.#looks.size}`, styleOf(this.#base, own));
  }

  #add(key: string, name: string, style: SubtitleStyle): Look {
    const written = assStyle(style, this.#picture);
    const { position, alignment } = written;
    const look = {
      ...{ name, alignment },
      position: position ? `{\\pos(${position.x},${position.y})}` : "",
    };
    this.#looks.set(key, look);
    this.lines.push(styleLine(name, written));
    return look;
  }
}
