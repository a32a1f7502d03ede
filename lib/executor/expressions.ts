import { evaluate, parse } from "@marcbachmann/cel-js";

/**
 * What Inngest's CEL expressions may speak of: `event` is what started the run, `async` what has
 * arrived since.
 */
export interface ExpressionScope {
  event: unknown;
  async?: unknown;
}

/** @throws {ParseError} when `expression` isn't CEL. */
export function checkExpression(expression: string): void {
  parse(expression);
}

/**
 * The value of `expression` as text, for keys; undefined when it speaks of something the event
 * doesn't have.
 */
export function expressionKey(expression: string, scope: ExpressionScope): string | undefined {
  const value = evaluated(expression, scope);
  return value === undefined || value === null ? undefined : String(value);
}

/** True when `expression` says so; an expression about something missing doesn't match. */
export function expressionHolds(expression: string, scope: ExpressionScope): boolean {
  return evaluated(expression, scope) === true;
}

/** The value of `expression` as a whole number within `min` and `max`; 0 when it isn't one. */
export function expressionNumber(
  expression: string,
  scope: ExpressionScope,
  { min, max }: { min: number; max: number },
): number {
  const value = Number(evaluated(expression, scope));
  return Number.isFinite(value) ? Math.trunc(Math.min(max, Math.max(min, value))) : 0;
}

function evaluated(expression: string, scope: ExpressionScope): unknown {
  try {
    return evaluate(expression, { ...scope });
  } catch {
    return undefined;
  }
}
