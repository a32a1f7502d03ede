import type { ReactNode } from "react";
import { HarborScene } from "@/components/marketing/harbor-scene";

interface AuthCardProps {
  title: ReactNode;
  /** What happens here, where the title alone doesn't say it. */
  description?: ReactNode;
  /** Said as a subtitle, over the picture. */
  greeting: string;
  /** The line under the form. */
  footer?: ReactNode;
  children?: ReactNode;
}

/** A form, and on a wide screen a picture that greets in the product's own way. */
export function AuthCard({ title, description, greeting, footer, children }: AuthCardProps) {
  return (
    <div className="flex flex-1 lg:grid lg:grid-cols-2 lg:gap-6 lg:p-6 lg:pt-0">
      <div className="flex flex-1 flex-col items-center px-4 pt-8 pb-16 sm:pt-[10vh]">
        <div className="flex w-full max-w-90 flex-col gap-7">
          <div className="flex flex-col gap-2">
            <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
            {description ? <p className="text-ink-muted">{description}</p> : null}
          </div>
          {children}
          {footer ? <p className="text-ink-muted">{footer}</p> : null}
        </div>
      </div>
      <div className="relative hidden overflow-hidden rounded-base bg-stage lg:block">
        <HarborScene id="auth" focus="sun" className="absolute inset-0 size-full" />
        <p className="absolute inset-x-0 bottom-[10%] whitespace-pre-line px-8 text-center font-semibold text-2xl text-caption [text-shadow:0_0_2px_#000,0_0_3px_#000,0_1px_4px_rgb(0_0_0/0.8)]">
          {greeting}
        </p>
      </div>
    </div>
  );
}
