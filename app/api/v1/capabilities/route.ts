import { json, route } from "@/lib/http/route";
import { speechStatus } from "@/lib/speech";

export const GET = route({ auth: "studio" }, async () => json({ speech: await speechStatus() }));
