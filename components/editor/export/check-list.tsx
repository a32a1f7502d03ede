import { clsx } from "clsx";

interface CheckListProps<Value extends string> {
  label: string;
  options: readonly { value: Value; label: string }[];
  chosen: readonly Value[];
  /** In the order of the options. */
  onChange: (chosen: Value[]) => void;
}

/** Any number of a few, all in sight. */
export function CheckList<Value extends string>({
  label,
  options,
  chosen,
  onChange,
}: CheckListProps<Value>) {
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">{label}</legend>
      <div className="flex flex-wrap gap-1.5">
        {options.map(({ value, label: name }) => {
          const checked = chosen.includes(value);
          return (
            <label
              key={value}
              className={clsx(
                "inline-flex min-h-8 cursor-pointer items-center gap-2 rounded-base border px-2.5 text-sm pointer-coarse:min-h-11",
                "transition-colors duration-100 has-focus-visible:outline-2 has-focus-visible:outline-accent",
                checked
                  ? "border-accent bg-accent-soft"
                  : "border-control-line hover:border-ink-muted",
              )}
            >
              <input
                type="checkbox"
                checked={checked}
                onChange={(event) =>
                  onChange(
                    options
                      .map((option) => option.value)
                      .filter((one) =>
                        one === value ? event.target.checked : chosen.includes(one),
                      ),
                  )
                }
                className="size-4 accent-accent"
              />
              {name}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
