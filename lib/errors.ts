import { accountErrors } from "./error-table/accounts";
import { captionErrors } from "./error-table/captions";
import type { ErrorEntry } from "./error-table/entry";
import { mediaErrors } from "./error-table/media";
import { moneyErrors } from "./error-table/money";
import { requestErrors } from "./error-table/requests";

/**
 * The closed table of everything that can go wrong: HTTP status, whether trying again can help,
 * how loudly it is logged, whether it goes into the audit log, and what the person reads.
 * HTTP answers, job rows, Inngest's retry decision and the screen all derive from this one table.
 */
const table = {
  ...requestErrors,
  ...accountErrors,
  ...mediaErrors,
  ...captionErrors,
  ...moneyErrors,
};

export type ErrorCode = keyof typeof table;

export const errorTable: Readonly<Record<ErrorCode, ErrorEntry>> = table;

export interface FieldError {
  /** Dotted path of the field, e.g. `options.language`. */
  path: string;
  message: string;
}

interface AppErrorOptions {
  /** For logs and programs; never shown to a person and free of secrets. */
  detail?: string;
  fields?: FieldError[];
  /** The first refusal of its kind in a while: the one worth a record. */
  first?: boolean;
  /** How long to wait before the next try, in ms, when it is known. */
  retryAfterMs?: number;
  /** What a program needs to go on, e.g. both values of an edit in conflict. */
  data?: Record<string, unknown>;
  cause?: unknown;
}

/** The one error that crosses rooms. Anything else is a defect and reads as `internal`. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields: FieldError[];
  readonly retryAfterMs: number | undefined;
  readonly detail: string | undefined;
  readonly first: boolean;
  readonly data: Record<string, unknown> | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.detail ? `${code}: ${options.detail}` : code, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.detail = options.detail;
    this.first = options.first ?? false;
    this.fields = options.fields ?? [];
    this.retryAfterMs = options.retryAfterMs;
    this.data = options.data;
  }

  get status(): number {
    return errorTable[this.code].status;
  }

  get retryable(): boolean {
    return errorTable[this.code].retryable;
  }

  static is(error: unknown, code?: ErrorCode): error is AppError {
    return error instanceof AppError && (code === undefined || error.code === code);
  }
}

export function isErrorCode(value: string): value is ErrorCode {
  return Object.hasOwn(errorTable, value);
}

/** The sentence for a person, in their language. */
export function errorTitle(code: ErrorCode, locale: "ko" | "en"): string {
  return errorTable[code].title[locale];
}
