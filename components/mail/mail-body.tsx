"use client";

import { Fragment, useState } from "react";
import { Segmented } from "@/components/ui/segmented";
import type { RenderedMail } from "@/lib/mail/schema";

interface MailBodyProps {
  mail: RenderedMail;
  texts: { view: string; html: string; text: string };
}

/** The mail as mail programs show it, or its text alone; links open in a tab of their own. */
export function MailBody({ mail, texts }: MailBodyProps) {
  const [view, setView] = useState<"html" | "text">("html");
  return (
    <div className="flex flex-col gap-3">
      <Segmented
        label={texts.view}
        name="mail-view"
        segments={[
          { value: "html", label: texts.html },
          { value: "text", label: texts.text },
        ]}
        value={view}
        onValueChange={setView}
        className="self-start"
      />
      {view === "html" ? (
        // Runs nothing and has no origin: a mail is not a page of ours.
        <iframe
          title={mail.subject}
          srcDoc={mail.html}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          className="h-[60dvh] min-h-100 w-full rounded-base border"
        />
      ) : (
        <pre className="whitespace-pre-wrap rounded-base border p-4 font-sans">
          <WithLinks text={mail.text} />
        </pre>
      )}
    </div>
  );
}

const linkPattern = /(https?:\/\/\S+)/;

function WithLinks({ text }: { text: string }) {
  return text.split(linkPattern).map((part, index) => {
    // The parts of one text never move.
    const key = `${index}`;
    if (!linkPattern.test(part)) return <Fragment key={key}>{part}</Fragment>;
    return (
      <a
        key={key}
        href={part}
        target="_blank"
        rel="noopener"
        className="rounded-base text-accent underline underline-offset-4"
      >
        {part}
      </a>
    );
  });
}
