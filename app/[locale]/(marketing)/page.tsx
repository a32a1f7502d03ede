import { Closing } from "@/components/marketing/closing";
import { Craft } from "@/components/marketing/craft";
import { Formats } from "@/components/marketing/formats";
import { Hero } from "@/components/marketing/hero";
import { Price } from "@/components/marketing/price";
import { Steps } from "@/components/marketing/steps";
import { TopUpRate } from "./top-up-rate";

export default function LandingPage() {
  return (
    <>
      <Hero />
      <Steps />
      <Craft />
      <Formats />
      <Price topUp={<TopUpRate />} />
      <Closing />
    </>
  );
}
