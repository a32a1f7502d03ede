/**
 * What must hold in the ledger at any moment, whatever has happened. `verifyLedger` reckons each
 * from the entries and the rows beside them.
 */
export const invariants = {
  balanced_transactions: "the entries of each transaction add up to 0",
  balanced_ledger: "all entries together add up to 0",
  wallet_balances: "a wallet's posted and held credits are the sums of its entries",
  lot_balances: "what a lot was given, has left and holds are the sums of its entries",
  nothing_negative: "nothing is below 0",
  reservations:
    "a reservation, its lines, its lots and the ledger agree on what was held, captured and released",
  prices:
    "what was captured is what the price rule says, once a job and component, and an ended job holds nothing",
  order_grants:
    "each paid order gave its credits and its bonus once, and each such grant has a paid order",
  order_balances: "what is left of a payment is its amount less refunds, as the provider says",
  order_credits: "an order's credits were refunded, were used or are still there",
  wallet_sequences:
    "a wallet's transactions are numbered without a gap, and each goes on from the one before",
  promotion_caps: "a promotion's uses are its redemptions, and no more than allowed",
  reservations_alive: "no reservation past its time is held without a live job",
  expiries: "nothing that has expired is left, what is held aside",
  answers: "the answer kept for each request is what its entries did, and a refusal did nothing",
} as const;

export type Invariant = keyof typeof invariants;
export const invariantNames = Object.keys(invariants) as Invariant[];

/** Something that doesn't add up. */
export interface InvariantFailure {
  invariant: Invariant;
  /** The row it is about. */
  subject: string;
  expected: string;
  actual: string;
}

/** What a verification looked at and found. */
export interface LedgerReport {
  wallets: number;
  transactions: number;
  entries: number;
  reservations: number;
  orders: number;
  /** At most `shownFailures` of each invariant. */
  failures: InvariantFailure[];
}

/** More of one kind tell nothing new. */
export const shownFailures = 50;
/** A reservation past its time is given back by the next sweep; it may be late by so much, in ms. */
export const reapWithinMs = 20 * 60_000;
/** Likewise for what has expired. */
export const expireWithinMs = 60 * 60_000;
