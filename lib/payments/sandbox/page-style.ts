/** Of the sandbox's pages: the product's colours and rhythm, without any of its files. */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --canvas: oklch(0.985 0.001 264); --surface: oklch(1 0 0); --ink: oklch(0.21 0.012 264);
  --muted: oklch(0.46 0.012 264); --line: oklch(0.915 0.005 264); --control: oklch(0.63 0.01 264);
  --accent: oklch(0.5 0.2 264); --accent-ink: oklch(1 0 0);
  --warning: oklch(0.42 0.1 70); --warning-soft: oklch(0.94 0.08 85);
}
@media (prefers-color-scheme: dark) {
  :root {
    --canvas: oklch(0.165 0.006 264); --surface: oklch(0.195 0.007 264);
    --ink: oklch(0.95 0.004 264); --muted: oklch(0.75 0.01 264); --line: oklch(0.275 0.009 264);
    --control: oklch(0.54 0.012 264); --accent: oklch(0.735 0.125 264);
    --accent-ink: oklch(0.17 0.02 264);
    --warning: oklch(0.86 0.12 85); --warning-soft: oklch(0.3 0.06 75);
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--canvas); color: var(--ink);
  font: 16px/1.5 Pretendard, "Apple SD Gothic Neo", "Noto Sans KR", "Noto Sans CJK KR", system-ui, sans-serif;
  word-break: keep-all; overflow-wrap: anywhere;
}
header p {
  margin: 0; padding: 16px; text-align: center; font-size: 20px; font-weight: 700;
  background: var(--warning-soft); color: var(--warning); text-wrap: balance;
}
main {
  max-width: 440px; margin: 24px auto; padding: 24px; background: var(--surface);
  border: 1px solid var(--line); border-radius: 8px;
}
@media (max-width: 480px) { main { margin: 0; border-width: 0 0 1px; border-radius: 0; padding: 20px 16px; } }
h1 { margin: 0 0 16px; font-size: 20px; line-height: 1.4; }
dl { margin: 0 0 20px; }
dl div { display: flex; justify-content: space-between; gap: 16px; padding: 8px 0; border-bottom: 1px solid var(--line); }
dt { flex: none; color: var(--muted); }
dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; }
strong { font-size: 20px; }
code { font: 14px/1.5 ui-monospace, monospace; }
fieldset { margin: 0 0 20px; padding: 12px 16px; border: 1px solid var(--line); border-radius: 8px; min-width: 0; }
legend { padding: 0 4px; color: var(--muted); font-size: 14px; }
label { display: flex; align-items: center; gap: 8px; min-height: 40px; }
input { width: 20px; height: 20px; margin: 0; accent-color: var(--accent); }
button, a.main {
  display: block; width: 100%; min-height: 44px; margin: 0 0 8px; padding: 8px 16px; font: inherit;
  text-align: center; text-decoration: none; cursor: pointer; border-radius: 8px;
  border: 1px solid var(--control); background: transparent; color: inherit;
}
button.main, a.main { border-color: transparent; background: var(--accent); color: var(--accent-ink); font-weight: 600; }
.others { margin-top: 16px; }
.others button:last-child { margin-bottom: 4px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.muted { margin: 0; color: var(--muted); font-size: 14px; }
`;
