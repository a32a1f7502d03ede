import { describe, expect, it } from "vitest";
import { isHomeAddress, isSameMachine } from "./same-machine";

describe("a request meant for this machine", () => {
  it.each([
    { host: "localhost:3000" },
    { host: "127.0.0.1:3000" },
    { host: "[::1]:3000" },
    { host: "caption.localhost" },
    { host: "localhost:3000", "x-forwarded-for": "127.0.0.1" },
    { host: "localhost:3000", "x-forwarded-for": "::ffff:127.0.0.1, ::1" },
  ])("is %o", (headers) => {
    expect(isSameMachine(new Headers(headers))).toBe(true);
  });

  it.each([
    {},
    { host: "" },
    { host: "caption.example.com" },
    // A name that was pointed at 127.0.0.1.
    { host: "evil.example:3000" },
    { host: "localhost.evil.example" },
    { host: "192.168.0.7:3000" },
    { host: "localhost@evil.example" },
    { host: "localhost:3000", "x-forwarded-for": "203.0.113.7" },
    { host: "localhost:3000", "x-forwarded-for": "127.0.0.1, 203.0.113.7" },
    { host: "localhost:3000", "x-forwarded-for": "unknown" },
    { host: "localhost:3000", forwarded: "for=203.0.113.7" },
  ])("isn't %o", (headers) => {
    expect(isSameMachine(new Headers(headers))).toBe(false);
  });
});

describe("an address that the world can't open", () => {
  it.each([
    [undefined, true],
    ["http://localhost:3000", true],
    ["http://[::1]:3000", true],
    ["http://192.168.0.7:3000", true],
    ["http://10.1.2.3", true],
    ["http://172.31.0.1", true],
    ["http://studio.local", true],
    ["http://172.32.0.1", false],
    ["http://203.0.113.7", false],
    ["https://caption.example.com", false],
    ["http://10.evil.example", false],
  ])("%s: %s", (url, home) => {
    expect(isHomeAddress(url)).toBe(home);
  });
});
