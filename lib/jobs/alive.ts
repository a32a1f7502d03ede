import "server-only";
import { countUnderWay } from "./alive-repo";

/** Whether an attempt at a job is still waiting or at work. */
export async function isAttemptAlive(jobId: string, attempt: number): Promise<boolean> {
  return (await countUnderWay(jobId, attempt)) > 0;
}
