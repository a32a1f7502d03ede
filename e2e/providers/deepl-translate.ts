import { standInLanguages, standInSources } from "./deepl-lists";
import { type PseudoOptions, pseudoTranslation } from "./pseudo-translation";
import { parseStrictXml, writeXml } from "./strict-xml";

/** DeepL's limits of a request. */
export const limits = { bodyBytes: 128 * 1024, texts: 50 };

/** A translation that was asked for, as it arrived. */
export interface DeeplRequest {
  texts: string[];
  source: string | undefined;
  /** In capitals: "EN-US". */
  target: string;
  context: string | undefined;
  formality: string | undefined;
  glossaryId: string | undefined;
  modelType: string | undefined;
  tagHandling: string | undefined;
  tagHandlingVersion: string | undefined;
  splitSentences: string | undefined;
  outlineDetection: string | undefined;
  nonSplittingTags: string | undefined;
  splittingTags: string | undefined;
  bodyBytes: number;
  /** What was answered; undefined while waiting and when the connection was dropped. */
  status: number | undefined;
}

export function requestOf(form: URLSearchParams, bodyBytes: number): DeeplRequest {
  const text = (name: string) => form.get(name) ?? undefined;
  return {
    texts: form.getAll("text"),
    source: text("source_lang")?.toUpperCase(),
    target: text("target_lang")?.toUpperCase() ?? "",
    context: text("context"),
    formality: text("formality"),
    glossaryId: text("glossary_id"),
    modelType: text("model_type"),
    tagHandling: text("tag_handling"),
    tagHandlingVersion: text("tag_handling_version"),
    splitSentences: text("split_sentences"),
    outlineDetection: text("outline_detection"),
    nonSplittingTags: text("non_splitting_tags"),
    splittingTags: text("splitting_tags"),
    bodyBytes,
    status: undefined,
  };
}

const formalities = ["default", "less", "more", "prefer_less", "prefer_more"];
const oneOf = (value: string | undefined, allowed: string[]) =>
  value === undefined || allowed.includes(value);

/** Why DeepL refuses the request: status and message; undefined when it doesn't. */
export function refusalOf(request: DeeplRequest): { status: number; message: string } | undefined {
  const bad = (message: string) => ({ status: 400, message });
  if (request.bodyBytes > limits.bodyBytes)
    return { status: 413, message: "Request body too large." };
  if (request.texts.length === 0) return bad("Parameter 'text' not specified.");
  if (request.texts.length > limits.texts) return bad("Too many values for parameter 'text'.");
  const target = standInLanguages.find(({ code }) => code === request.target);
  if (!target) return bad("Value for 'target_lang' not supported.");
  if (request.source !== undefined && !standInSources.includes(request.source)) {
    return bad("Value for 'source_lang' not supported.");
  }
  if (!oneOf(request.formality, formalities)) return bad("Value for 'formality' not supported.");
  if (/^(less|more)$/.test(request.formality ?? "") && !target.formality) {
    return bad("'formality' is not supported for given 'target_lang'.");
  }
  if (!oneOf(request.splitSentences, ["0", "1", "nonewlines"])) {
    return bad("Value for 'split_sentences' not supported.");
  }
  if (!oneOf(request.tagHandling, ["xml", "html"]))
    return bad("Value for 'tag_handling' not supported.");
  if (!oneOf(request.tagHandlingVersion, ["v1", "v2"])) {
    return bad("Value for 'tag_handling_version' not supported.");
  }
  if (
    !oneOf(request.modelType, [
      "quality_optimized",
      "latency_optimized",
      "prefer_quality_optimized",
    ])
  ) {
    return bad("Value for 'model_type' not supported.");
  }
  if (request.glossaryId !== undefined && request.source === undefined) {
    return bad("Use of a glossary requires the source_lang parameter to be specified");
  }
  if (request.tagHandling === "xml") {
    try {
      for (const text of request.texts) parseStrictXml(text);
    } catch (error) {
      return bad(`Tag handling parsing failed, please check input. (${(error as Error).message})`);
    }
  }
  return undefined;
}

/** One text translated, its tags where they were; `keep` leaves the words alone. */
export function translateText(
  text: string,
  request: DeeplRequest,
  options: PseudoOptions & { keep?: boolean },
): string {
  const translate = (part: string) =>
    options.keep ? part : pseudoTranslation(part, request.target.toLowerCase(), options);
  if (request.tagHandling !== "xml") return translate(text);
  return writeXml(
    parseStrictXml(text).map((part) => ("tag" in part ? part : { text: translate(part.text) })),
  );
}

/** Characters that are charged for: code points of the text, tags not counted. */
export function billedCharacters(text: string, request: DeeplRequest): number {
  if (request.tagHandling !== "xml") return Array.from(text).length;
  return parseStrictXml(text).reduce(
    (sum, part) => sum + ("tag" in part ? 0 : Array.from(part.text).length),
    0,
  );
}
