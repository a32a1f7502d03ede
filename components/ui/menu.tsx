"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ComponentProps, ReactElement, ReactNode } from "react";
import { cn } from "./cn";
import { popupItemStyle, popupStyle } from "./popup-style";

interface MenuProps {
  /** The button that opens it, e.g. `<IconButton label=… />`. */
  trigger: ReactElement;
  align?: "start" | "center" | "end";
  className?: string;
  children: ReactNode;
}

/** A list of commands behind a button. */
export function Menu({ trigger, align = "end", className, children }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className="z-50 outline-none">
          <Base.Popup className={cn(popupStyle, className)}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface MenuItemProps extends Omit<ComponentProps<typeof Base.Item>, "className"> {
  tone?: "neutral" | "danger";
  className?: string;
}

export function MenuItem({ tone = "neutral", className, ...props }: MenuItemProps) {
  return (
    <Base.Item
      {...props}
      className={cn(
        popupItemStyle,
        tone === "danger" && "text-danger data-highlighted:bg-danger-soft [&_svg]:text-danger",
        className,
      )}
    />
  );
}

interface MenuLinkProps extends Omit<ComponentProps<typeof Base.LinkItem>, "className"> {
  className?: string;
}

/** Goes somewhere; `render={<Link href=… />}` for a page of ours, `href` for a download. */
export function MenuLink({ className, ...props }: MenuLinkProps) {
  return <Base.LinkItem closeOnClick {...props} className={cn(popupItemStyle, className)} />;
}

/** Names what follows. */
export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 pt-2 pb-1 font-medium text-ink-muted text-xs">
        {label}
      </Base.GroupLabel>
      {children}
    </Base.Group>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="-mx-1 my-1 h-px bg-line" />;
}

interface MenuRadioGroupProps<Value extends string> {
  label: string;
  value: Value | undefined;
  onValueChange: (value: Value) => void;
  options: readonly { value: Value; label: string; icon?: ReactNode }[];
}

/** One of several, chosen inside a menu. */
export function MenuRadioGroup<Value extends string>({
  label,
  value,
  onValueChange,
  options,
}: MenuRadioGroupProps<Value>) {
  return (
    <Base.RadioGroup value={value ?? ""} onValueChange={onValueChange}>
      <MenuGroup label={label}>
        {options.map((option) => (
          <Base.RadioItem
            key={option.value}
            value={option.value}
            closeOnClick
            className={popupItemStyle}
          >
            {option.icon}
            <span className="flex-1">{option.label}</span>
            <Base.RadioItemIndicator>
              <Check aria-hidden="true" />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </MenuGroup>
    </Base.RadioGroup>
  );
}
