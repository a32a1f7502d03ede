/** Names and values side by side; what isn't known is left out. */
export function Facts({ facts }: { facts: readonly (readonly [string, string | null])[] }) {
  return (
    <dl className="grid w-full grid-cols-1 gap-x-8 gap-y-2 text-sm sm:grid-cols-2">
      {facts.map(([name, value]) =>
        value ? (
          <div key={name} className="flex min-w-0 flex-col">
            <dt className="text-ink-muted">{name}</dt>
            <dd className="select-text break-words tabular-nums [overflow-wrap:anywhere]">
              {value}
            </dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}
