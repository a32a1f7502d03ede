"use client";

import { useTranslations } from "next-intl";
import { Select } from "@/components/ui/select";
import { type SharedRole, sharedRoles } from "@/lib/sharing/roles";

interface RoleSelectProps {
  /** For its `Field`'s label. */
  id?: string;
  label: string;
  value: SharedRole;
  onValueChange: (role: SharedRole) => void;
  size?: "sm" | "md";
  disabled?: boolean;
  className?: string;
}

/** What somebody may do, with what that means. */
export function RoleSelect(props: RoleSelectProps) {
  const t = useTranslations("sharing");
  return (
    <Select
      {...props}
      options={sharedRoles.map((role) => ({
        value: role,
        label: t(`role.${role}`),
        hint: t(`roleHint.${role}`),
      }))}
    />
  );
}
