/** Toss's Korean labels of ways to pay, which its answers carry in every language. */
const known = {
  카드: "card",
  간편결제: "easyPay",
  계좌이체: "transfer",
  가상계좌: "virtualAccount",
  휴대폰: "phone",
} as const;

export type KnownMethod = (typeof known)[keyof typeof known];

/** The way to pay behind Toss's label; null for one that it has added since, shown as it came. */
export function knownMethod(label: string): KnownMethod | null {
  const methods: Readonly<Record<string, KnownMethod>> = known;
  return Object.hasOwn(methods, label) ? (methods[label] ?? null) : null;
}
