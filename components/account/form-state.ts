/** What a submitted account form shows when it comes back. */
export interface FormState {
  /** Concerns the form as a whole. */
  message?: string;
  /** What helps against `message`. */
  offer?: FormOffer;
  /** It went well, and the form stays. */
  notice?: string;
  /** Beside the field of that name. */
  fields?: Partial<Record<FieldName, string>>;
  /** What had been typed; never a password or a code. */
  values?: FormValues;
  /** Address of the identity provider to go on at. */
  leaveFor?: string;
}

export type FieldName = "email" | "password" | "name" | "code";

/** Send the mail again; choose another password; begin again. */
export type FormOffer = "resend" | "reset" | "restart";

export interface FormValues {
  email?: string;
  name?: string;
  remember?: boolean;
}

/** A server action as `useActionState` calls it. */
export type FormAction = (previous: FormState, form: FormData) => Promise<FormState>;
