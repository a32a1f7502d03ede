/** Runs once in each server process, before it serves. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next sets this per runtime at build time
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startServer } = await import("@/lib/monitoring/start-server");
  await startServer();
}
