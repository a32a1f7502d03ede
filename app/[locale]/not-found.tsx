import { NotFoundState } from "@/components/account/not-found-state";

export default function NotFound() {
  return (
    <main>
      <NotFoundState />
    </main>
  );
}
