/** Glitter of the low sun on the water: `[x, y, width]` in the picture's units. */
const glitter: readonly [number, number, number][] = [
  [1010, 590, 210],
  [1050, 604, 150],
  [985, 620, 250],
  [1070, 636, 120],
  [960, 654, 300],
  [1040, 674, 190],
  [1000, 696, 150],
  [1090, 716, 170],
  [950, 740, 260],
  [1060, 768, 120],
  [1000, 800, 220],
  [1080, 836, 150],
];

const stars: readonly [number, number, number][] = [
  [120, 90, 1.6],
  [260, 180, 1.2],
  [390, 60, 1.8],
  [520, 140, 1.1],
  [180, 270, 1.1],
  [660, 80, 1.4],
  [780, 190, 1],
  [900, 50, 1.3],
  [60, 200, 1],
  [330, 300, 0.9],
];

interface HarborSceneProps {
  id: string;
  /** What stays in sight when the frame is narrower than the picture. */
  focus?: "middle" | "sun";
  className?: string;
}

/**
 * A harbour before sunrise, standing in for a video. Drawn, so that it is sharp at any size, weighs
 * little and belongs to nobody. `id` keeps the gradients of two scenes on one page apart.
 */
export function HarborScene({ id, focus = "middle", className }: HarborSceneProps) {
  const ref = (name: string) => `url(#${id}-${name})`;
  return (
    <svg
      viewBox="0 0 1600 900"
      preserveAspectRatio={focus === "sun" ? "xMaxYMid slice" : "xMidYMid slice"}
      aria-hidden="true"
      className={className}
    >
      <defs>
        <linearGradient id={`${id}-sky`} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#0e1a33" />
          <stop offset="0.45" stopColor="#2b3d63" />
          <stop offset="0.72" stopColor="#8a6f83" />
          <stop offset="0.9" stopColor="#e39b74" />
          <stop offset="1" stopColor="#f6c58b" />
        </linearGradient>
        <linearGradient id={`${id}-sea`} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#b9826f" />
          <stop offset="0.16" stopColor="#6b5c78" />
          <stop offset="0.5" stopColor="#26324f" />
          <stop offset="1" stopColor="#0b1224" />
        </linearGradient>
        <radialGradient id={`${id}-sun`} cx="1115" cy="575" r="520" gradientUnits="userSpaceOnUse">
          <stop offset="0" stopColor="#ffe3b0" stopOpacity="0.95" />
          <stop offset="0.12" stopColor="#ffcf95" stopOpacity="0.7" />
          <stop offset="0.5" stopColor="#f0a070" stopOpacity="0.22" />
          <stop offset="1" stopColor="#f0a070" stopOpacity="0" />
        </radialGradient>
        <linearGradient id={`${id}-beam`} x1="1" y1="0" x2="0" y2="0">
          <stop offset="0" stopColor="#fff3d6" stopOpacity="0.55" />
          <stop offset="1" stopColor="#fff3d6" stopOpacity="0" />
        </linearGradient>
      </defs>
      <rect width="1600" height="580" fill={ref("sky")} />
      {stars.map(([x, y, r]) => (
        <circle key={x} cx={x} cy={y} r={r} fill="#fff" opacity="0.7" />
      ))}
      <rect width="1600" height="580" fill={ref("sun")} />
      <path
        d="M0 580V498c90-30 170-44 260-38 80 6 130 40 210 42 96 2 150-54 250-52 84 2 130 58 220 62 60 2 100-16 150-14 70 2 110 40 190 42 110 4 200-34 320-26v66Z"
        fill="#3b3f63"
        opacity="0.75"
      />
      <path
        d="M0 580V540c130-20 210-6 320 4 150 14 260-26 400-16 150 12 250 34 400 34 180 0 300-24 480-12v30Z"
        fill="#2a2f50"
        opacity="0.85"
      />
      <rect y="578" width="1600" height="322" fill={ref("sea")} />
      <circle cx="1115" cy="578" r="46" fill="#ffedc7" clipPath="inset(0 0 46px 0)" />
      {glitter.map(([x, y, width]) => (
        <rect key={y} x={x} y={y} width={width} height="4" rx="2" fill="#ffd7a3" opacity="0.42" />
      ))}
      <Lighthouse beam={ref("beam")} />
      <Boat x={475} y={612} scale={1} />
      <Boat x={760} y={596} scale={0.56} />
      <Boat x={1345} y={606} scale={0.82} />
      <path d="M0 900V826l470-34 8 22 260 2v18l-190 6v60Z" fill="#070c19" />
      <path
        d="M96 842v-52M236 834v-50M372 824v-50M520 826v-44"
        stroke="#070c19"
        strokeWidth="16"
        strokeLinecap="round"
      />
    </svg>
  );
}

function Lighthouse({ beam }: { beam: string }) {
  return (
    <g>
      <path d="M214 352 0 250V430Z" fill={beam} />
      <path d="M150 640c30-34 64-46 96-46s66 10 104 46Z" fill="#10182e" />
      <path d="M226 600 234 392h28l8 208Z" fill="#141d36" />
      <path d="M222 392h52v-10h-52Zm8-10v-34h36v34Zm-4-34 22-22 22 22Z" fill="#10182e" />
      <rect x="236" y="350" width="24" height="30" fill="#ffe9bd" />
    </g>
  );
}

function Boat({ x, y, scale }: { x: number; y: number; scale: number }) {
  return (
    <g transform={`translate(${x} ${y}) scale(${scale})`}>
      <path d="M-112 0h224l-30 44h-160Z" fill="#0c1327" />
      <path d="M-64 0v-44h70V0Z" fill="#131c35" />
      <path d="M-52-34h18v16h-18Zm26 0H-8v16h-18Z" fill="#ffdf9f" />
      <path
        d="M40 0v-104M40-100 104-4M40-100-30-46M-30-44v-34"
        stroke="#0c1327"
        strokeWidth="5"
        fill="none"
      />
      <path d="M-90 52H84M-60 62H44" stroke="#0c1327" strokeWidth="5" opacity="0.5" />
    </g>
  );
}
