/** What a submitted account form shows when it comes back. */
export interface AccountFormState {
  /** Concerns the form as a whole. */
  message?: string;
  /** Beside the field of that name. */
  fields?: Partial<Record<AccountField, string>>;
  /** What had been typed; never the password. */
  values?: { email: string; name: string; remember: boolean };
}

export type AccountField = "email" | "password" | "name";

/** A server action as `useActionState` calls it. */
export type AccountFormAction = (
  previous: AccountFormState,
  form: FormData,
) => Promise<AccountFormState>;
