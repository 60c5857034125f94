/** The page, or the sign-in form. */
import { Header } from "./components/header";
import { Notices } from "./components/notices";
import { SignIn } from "./components/sign-in";
import { PeriodSwitch } from "./components/period-switch";
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
        <PeriodSwitch />
        <div class="columns">
          <div class="numbers">
            <KpiCards />
            <RevenuePanel />
            <FunnelPanel />
            <SourcesPanel />
            <ResponsePanel />
          </div>
          <div class="side">
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
