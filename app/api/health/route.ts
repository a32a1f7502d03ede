import { json, route } from "@/lib/http/route";
import { checkHealth } from "@/lib/monitoring/health";

export const GET = route({ auth: "none" }, async () => {
  const health = await checkHealth();
  return json(health, health.ok ? 200 : 503);
});
