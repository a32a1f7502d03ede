import { json, route } from "@/lib/http/route";
import { listFindings } from "@/lib/topups/findings";
import { listFindingsQuery } from "@/lib/topups/findings-schema";

export const GET = route({ auth: "operator", query: listFindingsQuery }, async ({ query }) =>
  json(await listFindings(query)),
);
