import { NotFoundState } from "@/components/account/not-found-state";

/** Within the studio's own frame, which has the `<main>`. */
export default function NotFound() {
  return <NotFoundState />;
}
