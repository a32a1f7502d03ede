import { describe, expect, it } from "vitest";
import {
  type ArrivalNotice,
  arrivalNotice,
  arrivalNotices,
  arrivalProblem,
  logInWithNotice,
} from "./arrival";

describe("what the log-in page says about how somebody came", () => {
  it.each(arrivalNotices)("reads the notice %s back from its address", (notice: ArrivalNotice) => {
    const url = new URL(logInWithNotice(notice), "http://self.invalid");
    expect(url.pathname).toBe("/login");
    expect(arrivalNotice(url.searchParams.get("notice") ?? undefined)).toBe(notice);
  });

  it.each(["provider_denied", "provider_failed", "identity_unlinked", "token_invalid"])(
    "says the problem %s",
    (code) => expect(arrivalProblem(code)).toBe(code),
  );

  it.each([undefined, "", "storage_full", "credentials_rejected", "toString", "<b>hi</b>"])(
    "says nothing for %s",
    (value) => {
      expect(arrivalProblem(value)).toBeUndefined();
      expect(arrivalNotice(value)).toBeUndefined();
    },
  );
});
