import { Check, Download } from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Progress } from "@/components/ui/progress";
import { Spinner } from "@/components/ui/spinner";
import { Section } from "./section";

/** How it goes, from the file to the subtitles. */
export async function Steps() {
  const t = await getTranslations("marketing.steps");
  return (
    <Section id="how" title={t("title")}>
      <ol className="grid gap-px overflow-hidden rounded-base border bg-line md:grid-cols-3">
        <Step
          number={1}
          title={t("upload.title")}
          description={t("upload.description")}
          picture={<UploadPicture name={t("upload.file")} state={t("upload.progress")} />}
        />
        <Step
          number={2}
          title={t("wait.title")}
          description={t("wait.description")}
          picture={
            <StagesPicture
              done={[t("wait.audio"), t("wait.recognition")]}
              running={t("wait.saving")}
            />
          }
        />
        <Step
          number={3}
          title={t("edit.title")}
          description={t("edit.description")}
          picture={<DownloadPicture />}
        />
      </ol>
    </Section>
  );
}

interface StepProps {
  number: number;
  title: string;
  description: string;
  picture: ReactNode;
}

function Step({ number, title, description, picture }: StepProps) {
  return (
    <li className="flex flex-col bg-surface">
      <div
        aria-hidden="true"
        className="flex h-44 flex-col justify-center border-b bg-canvas px-6 text-base"
      >
        {picture}
      </div>
      <div className="flex flex-col gap-2 p-6">
        <h3 className="flex items-baseline gap-2.5 font-semibold text-lg">
          <span className="font-normal text-ink-faint tabular-nums">{number}</span>
          {title}
        </h3>
        <p className="text-base text-ink-muted text-pretty">{description}</p>
      </div>
    </li>
  );
}

function UploadPicture({ name, state }: { name: string; state: string }) {
  return (
    <div className="flex flex-col gap-3 rounded-base border bg-surface p-4">
      <p className="truncate font-medium">{name}</p>
      <Progress value={62} label={state} />
      <p className="flex justify-between text-ink-muted text-sm tabular-nums">
        <span>{state}</span>
        <span>62%</span>
      </p>
    </div>
  );
}

function StagesPicture({ done, running }: { done: string[]; running: string }) {
  return (
    <ul className="flex flex-col gap-3 rounded-base border bg-surface p-4">
      {done.map((stage) => (
        <li key={stage} className="flex items-center gap-2.5">
          <Check className="size-4 text-success" />
          {stage}
        </li>
      ))}
      <li className="flex items-center gap-2.5 font-medium">
        <Spinner className="text-accent" />
        {running}
      </li>
    </ul>
  );
}

function DownloadPicture() {
  return (
    <ul className="flex flex-col divide-y rounded-base border bg-surface">
      {["SRT", "VTT", "ASS"].map((format) => (
        <li key={format} className="flex items-center justify-between px-4 py-2.5">
          <span className="font-medium">{format}</span>
          <Download className="size-4 text-ink-muted" />
        </li>
      ))}
    </ul>
  );
}
