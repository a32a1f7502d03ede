import { clsx } from "clsx";
import { ChevronLeft, Inbox, Info } from "lucide-react";
import NextLink from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/link";
import { PageFrame, PageHeader } from "@/components/ui/page";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/state";
import { routes } from "@/lib/client/routes";
import type { OutboxMail } from "@/lib/mail/schema";
import { MailBody } from "./mail-body";
import { RefreshButton } from "./refresh-button";

interface OutboxPageProps {
  /** Newest first. */
  mails: readonly OutboxMail[];
  /** The mail to show. Left out: the newest where there is room, else the list alone. */
  chosenId: string | undefined;
}

/** Every mail that would have gone out, and one of them to read. */
export function OutboxPage({ mails, chosenId }: OutboxPageProps) {
  const t = useTranslations("mail.outbox");
  const chosen = mails.find((mail) => mail.id === chosenId);
  const open = chosen ?? mails[0];
  return (
    <OutboxFrame actions={<RefreshButton label={t("refresh")} />}>
      {open ? (
        <div className="grid items-start gap-4 md:grid-cols-[20rem_minmax(0,1fr)]">
          <Panel className={clsx("overflow-hidden", chosen && "max-md:hidden")}>
            <MailList mails={mails} openId={open.id} chosenId={chosen?.id} />
          </Panel>
          <Panel className={clsx(!chosen && "max-md:hidden")}>
            <OpenMail mail={open} />
          </Panel>
        </div>
      ) : (
        <Panel>
          <EmptyState icon={Inbox} title={t("none")} description={t("noneDescription")} />
        </Panel>
      )}
    </OutboxFrame>
  );
}

function OutboxFrame({ actions, children }: { actions: ReactNode; children: ReactNode }) {
  const t = useTranslations("mail.outbox");
  return (
    <PageFrame>
      <PageHeader title={t("title")} actions={actions} className="mb-4" />
      <p className="mb-6 flex gap-2 rounded-base bg-sunken px-4 py-3 text-ink-muted">
        <Info aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        {t("notice")}
      </p>
      {children}
    </PageFrame>
  );
}

interface MailListProps extends OutboxPageProps {
  openId: string;
}

function MailList({ mails, openId, chosenId }: MailListProps) {
  return (
    <ul className="max-h-[70dvh] overflow-y-auto max-md:max-h-none">
      {mails.map((mail) => (
        <li key={mail.id} className="border-b last:border-b-0">
          <NextLink
            href={routes.outbox(mail.id)}
            prefetch={false}
            scroll={false}
            aria-current={mail.id === chosenId ? "true" : undefined}
            className={clsx(
              "flex flex-col gap-0.5 px-4 py-3 hover:bg-hover focus-visible:-outline-offset-2",
              mail.id === openId && "md:bg-sunken",
            )}
          >
            <span className="font-medium">{mail.subject}</span>
            <span className="flex flex-wrap justify-between gap-x-3 text-ink-muted text-sm">
              <span className="min-w-0">{mail.to}</span>
              <SentAt iso={mail.sentAt} />
            </span>
          </NextLink>
        </li>
      ))}
    </ul>
  );
}

function OpenMail({ mail }: { mail: OutboxMail }) {
  const t = useTranslations("mail.outbox");
  return (
    <article aria-labelledby="open-mail" className="flex flex-col gap-4 p-4">
      <ButtonLink href={routes.outbox()} variant="quiet" className="-ml-2 self-start md:hidden">
        <ChevronLeft aria-hidden="true" />
        {t("back")}
      </ButtonLink>
      <div className="flex flex-col gap-2">
        <h2 id="open-mail" className="font-semibold text-lg">
          {mail.subject}
        </h2>
        <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-sm [&>dt]:text-ink-muted">
          <dt>{t("to")}</dt>
          <dd>{mail.to}</dd>
          <dt>{t("sent")}</dt>
          <dd>
            <SentAt iso={mail.sentAt} />
          </dd>
        </dl>
      </div>
      <MailBody
        key={mail.id}
        mail={{ subject: mail.subject, text: mail.text, html: mail.html }}
        texts={{ view: t("view"), html: t("html"), text: t("text") }}
      />
    </article>
  );
}

function SentAt({ iso }: { iso: string }) {
  const format = useFormatter();
  return (
    <time dateTime={iso}>
      {format.dateTime(new Date(iso), { dateStyle: "medium", timeStyle: "short" })}
    </time>
  );
}

/** The outbox before anything is known of it. */
export function OutboxSkeleton() {
  return (
    <OutboxFrame actions={<Skeleton className="h-9 w-28" />}>
      <div aria-hidden="true" className="grid items-start gap-4 md:grid-cols-[20rem_minmax(0,1fr)]">
        <Panel>
          {["a", "b", "c", "d"].map((row) => (
            <div key={row} className="flex h-17 flex-col gap-2 border-b px-4 py-3 last:border-b-0">
              <Skeleton className="h-5 w-2/3" />
              <Skeleton className="h-4 w-full" />
            </div>
          ))}
        </Panel>
        <Skeleton className="h-[70dvh] max-md:hidden" />
      </div>
    </OutboxFrame>
  );
}
