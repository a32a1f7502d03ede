/**
 * Reading of values that anybody may have written: a value of another kind than expected is as good
 * as none.
 */

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** A time or a count: a whole number, not negative. */
export function wholeOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

export function flagOf(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

export function oneOf<const T extends string>(value: unknown, known: readonly T[]): T | undefined {
  return known.find((one) => one === value);
}

/** An array of which every element is right; undefined when one isn't. */
export function listOf<T>(
  value: unknown,
  element: (value: unknown) => T | undefined,
): T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const list: T[] = [];
  for (const one of value) {
    const read = element(one);
    if (read === undefined) return undefined;
    list.push(read);
  }
  return list;
}

/** How each property of an object is read; one that comes out undefined is left out. */
export type Shape<T> = { [K in keyof T]-?: (value: unknown) => T[K] | undefined };

/** The known properties of a value, in the order of the shape. Undefined when it is no object. */
export function shaped<T extends object>(value: unknown, shape: Shape<T>): Partial<T> | undefined {
  if (!isObject(value)) return undefined;
  const read: Partial<T> = {};
  for (const name of Object.keys(shape) as (keyof T & string)[]) {
    if (!Object.hasOwn(value, name)) continue;
    const property = shape[name](value[name]);
    if (property !== undefined) read[name] = property;
  }
  return read;
}
