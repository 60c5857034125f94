/** The page: signed in or not. */
import { Header } from "./parts/header";
import { Notices } from "./parts/notices";
import { SignIn } from "./parts/sign-in";
import { WindowSwitch } from "./parts/window-switch";
import { FunnelPanel } from "./panels/funnel";
import { Glossary } from "./panels/glossary";
import { KpiCards } from "./panels/kpi-cards";
import { MonthPanel } from "./panels/month";
import { NextStepsPanel } from "./panels/next-steps";
import { RankPanel } from "./panels/rank";
import { RecordsDialog } from "./panels/records";
import { ResponsePanel } from "./panels/response";
import { RevenuePanel } from "./panels/revenue";
import { SourcesPanel } from "./panels/sources";
import { TimelinePanel } from "./panels/timeline";
import { token } from "./session";

export function App() {
  if (token.value === null) return <SignIn />;
  return (
    <>
      <a class="skip" href="#content">
        Skip to the numbers
      </a>
      <Header />
      <Notices />
      <main id="content" tabIndex={-1}>
        <div class="opening-row">
          <MonthPanel />
          <NextStepsPanel />
        </div>
        <WindowSwitch />
        <div class="columns">
          <div class="numbers">
            <KpiCards />
            <RevenuePanel />
            <FunnelPanel />
            <SourcesPanel />
            <ResponsePanel />
          </div>
          <div class="beside">
            <RankPanel />
            <TimelinePanel />
          </div>
        </div>
      </main>
      <footer class="bottom">
        <Glossary />
      </footer>
      <RecordsDialog />
    </>
  );
}
