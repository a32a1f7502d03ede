"use client";

import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { Dialog } from "@/components/ui/dialog";
import { OrderForm } from "./order-form";

interface OrderDialogProps extends ComponentProps<typeof OrderForm> {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
}

/** The order form apart from the page: to run a job again, to add languages. */
export function OrderDialog({
  open,
  onOpenChange,
  title,
  description,
  onOrdered,
  ...form
}: OrderDialogProps) {
  const common = useTranslations("common");
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      description={description}
      closeLabel={common("close")}
    >
      <OrderForm
        {...form}
        onOrdered={(job) => {
          onOpenChange(false);
          onOrdered(job);
        }}
      />
    </Dialog>
  );
}
