import { json, route } from "@/lib/http/route";
import { captionCapabilities } from "@/lib/jobs/capabilities";

export const GET = route({ auth: "studio" }, async () => json(await captionCapabilities()));
