import "server-only";
import { db } from "@/lib/db";

export async function countUnderWay(jobId: string, attempt: number): Promise<number> {
  return await db().job.count({
    where: { id: jobId, attempt, status: { in: ["pending", "processing"] } },
  });
}
