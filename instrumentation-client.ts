import { config } from "zod/v4/core";

// Zod would try whether it may compile code. It may not: our content security policy has browsers
// refuse that and report it, once on every page.
config({ jitless: true });
