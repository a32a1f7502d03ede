import { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

/**
 * How subtitle editors in browsers are usually built, as the published design of SubPlayer is: all
 * cues in one array in the state of one component, rows of one height of which only those in sight
 * are drawn, a copy of the whole array for each step to undo, and the whole array written to
 * `localStorage` with each edit.
 */
interface Row {
  id: string;
  startMs: number;
  endMs: number;
  text: string;
}

const rowPx = 80;
const maxSteps = 1_000;

function App({ initial }: { initial: Row[] }) {
  const [rows, setRows] = useState(initial);
  const [steps, setSteps] = useState<Row[][]>([]);
  const [top, setTop] = useState(0);
  const [open, setOpen] = useState(-1);
  const change = (next: Row[]) => {
    setSteps((before) => [...before, rows.map((row) => ({ ...row }))].slice(-maxSteps));
    setRows(next);
    try {
      localStorage.setItem("rows", JSON.stringify(next));
    } catch {
      // Full: as there, nobody is told.
    }
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "z" || !event.ctrlKey) return;
      event.preventDefault();
      const last = steps.at(-1);
      if (!last) return;
      setSteps(steps.slice(0, -1));
      setRows(last);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [steps]);
  const first = Math.max(0, Math.floor(top / rowPx) - 3);
  const shown = rows.slice(first, first + Math.ceil(window.innerHeight / rowPx) + 6);
  return (
    <div
      id="list"
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      style={{ height: "100vh", overflow: "auto" }}
    >
      <div style={{ height: rows.length * rowPx, position: "relative" }}>
        {shown.map((row, i) => {
          const at = first + i;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: a peer to measure, not to use
            // biome-ignore lint/a11y/noStaticElementInteractions: as above
            <div
              key={row.id}
              data-row
              onClick={() => setOpen(at)}
              style={{ position: "absolute", top: at * rowPx, height: rowPx, width: "100%" }}
            >
              {row.startMs} {row.endMs}
              <textarea
                value={row.text}
                data-open={open === at ? "" : undefined}
                onChange={({ target }) =>
                  change(rows.map((one, k) => (k === at ? { ...one, text: target.value } : one)))
                }
                onKeyDown={(event) => {
                  if (event.key !== "Enter") return;
                  event.preventDefault();
                  const fields = document.querySelectorAll<HTMLElement>("#list textarea");
                  const next = fields[[...fields].indexOf(event.currentTarget) + 1];
                  next?.focus();
                  next?.scrollIntoView({ block: "center" });
                }}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

const answer = await fetch(`/cues.json${location.search}`);
const rows = (await answer.json()) as Row[];
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App initial={rows} />
    </StrictMode>,
  );
}
