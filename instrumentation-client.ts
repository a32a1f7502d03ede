const shared = globalThis as { __zod_globalConfig?: { jitless?: boolean } };

// Zod would try whether it may compile code. It may not: our content security policy has browsers
// refuse that and report it, once on every page that parses. Said where zod looks for it, as its
// own `config` would bring zod along to every page.
shared.__zod_globalConfig ??= {};
shared.__zod_globalConfig.jitless = true;

export {};
