import "server-only";
import type { Locale } from "@/lib/accounts/schema";

/** What a mail says, before it is text or HTML. Everything is plain text. */
export interface MailParts {
  locale: Locale;
  brand: string;
  heading: string;
  /** Lines within one are kept apart. */
  paragraphs: string[];
  button: { label: string; url: string; fallback: string } | undefined;
  /** What to do when it wasn't the reader. */
  aside: string;
  footer: string;
  home: string;
}

/** The product's greys and accent (app/globals.css) in a notation that mail programs read. */
const light = {
  canvas: "#fafafb",
  surface: "#ffffff",
  ink: "#15181e",
  muted: "#55585f",
  line: "#e1e3e6",
  accent: "#2456d3",
  onAccent: "#ffffff",
};
const dark: typeof light = {
  canvas: "#0d0e11",
  surface: "#131518",
  ink: "#edeef1",
  muted: "#abaeb4",
  line: "#25282c",
  accent: "#81a8f8",
  onAccent: "#0b0f18",
};

const font =
  "Pretendard,-apple-system,BlinkMacSystemFont,'Apple SD Gothic Neo','Segoe UI','Malgun Gothic',sans-serif";

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** The mail for programs that show no HTML; blocks apart by an empty line. */
export function asText(parts: MailParts): string {
  const { heading, paragraphs, button, aside, footer, home } = parts;
  const link = button ? [`${button.label}:\n${button.url}`] : [];
  return `${[heading, ...paragraphs, ...link, aside, `-- \n${footer}\n${home}`].join("\n\n")}\n`;
}

/** One column without tables; colours inline, and those of the dark by a media query. */
export function asHtml(parts: MailParts & { subject: string }): string {
  const text = (value: string) => escapeHtml(value).replaceAll("\n", "<br>");
  const paragraph = (value: string) => `<p style="margin:0 0 16px">${text(value)}</p>`;
  const [first = ""] = parts.paragraphs;
  return `<!doctype html>
<html lang="${parts.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(parts.subject)}</title>
<style>${darkStyle}</style>
</head>
<body class="canvas" style="margin:0;padding:0;background:${light.canvas}">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(first.replaceAll("\n", " "))}</div>
<div class="canvas muted" style="padding:32px 16px;background:${light.canvas};color:${light.muted};font:16px/1.6 ${font};word-break:keep-all;overflow-wrap:anywhere">
<div style="max-width:520px;margin:0 auto">
<p class="ink" style="margin:0 0 16px;color:${light.ink};font-weight:600">${escapeHtml(parts.brand)}</p>
<div class="card ink" style="padding:28px 24px 12px;border:1px solid ${light.line};border-radius:6px;background:${light.surface};color:${light.ink}">
<h1 style="margin:0 0 16px;font-size:20px;line-height:1.4;font-weight:600">${escapeHtml(parts.heading)}</h1>
${parts.paragraphs.map(paragraph).join("\n")}
${parts.button ? button(parts.button) : ""}
</div>
<div style="margin:20px 0 0;font-size:14px">
<p style="margin:0 0 12px">${text(parts.aside)}</p>
<p style="margin:0">${text(parts.footer)}<br>${link(parts.home, parts.home, `class="muted" style="color:${light.muted}"`)}</p>
</div>
</div>
</div>
</body>
</html>
`;
}

function button({ label, url, fallback }: { label: string; url: string; fallback: string }) {
  const look = `display:inline-block;padding:11px 20px;border-radius:6px;background:${light.accent};color:${light.onAccent};font-weight:600;text-decoration:none`;
  return `<p style="margin:24px 0">${link(url, label, `class="button" style="${look}"`)}</p>
<p class="muted" style="margin:0 0 16px;font-size:13px;color:${light.muted}">${escapeHtml(fallback)}<br>${link(url, url, `class="link" style="color:${light.accent}"`)}</p>`;
}

/** Opens beside the mail where that is shown in a page. */
function link(url: string, label: string, attributes: string): string {
  return `<a href="${escapeHtml(url)}" target="_blank" rel="noopener" ${attributes}>${escapeHtml(label)}</a>`;
}

const darkStyle = `@media (prefers-color-scheme:dark){${[
  `.canvas{background:${dark.canvas}!important}`,
  `.card{background:${dark.surface}!important;border-color:${dark.line}!important}`,
  `.ink{color:${dark.ink}!important}`,
  `.muted{color:${dark.muted}!important}`,
  `.link{color:${dark.accent}!important}`,
  `.button{background:${dark.accent}!important;color:${dark.onAccent}!important}`,
].join("")}}`;
