/** Key figures of the period, compared with as many complete days of the earlier one. */
import type { DateRange, Kpis, Trend } from "../api";
import { kpis, periodLabel, periodQuery } from "../dashboard";
import { count, decimal, hours, money, orDash, percent, signedDecimal } from "../format";
import { Content } from "../components/frame";
import { RecordsNumber } from "../components/records-button";
import { TrendChip } from "../components/trend";
import { areRanksServed } from "./rank";

interface Card {
  name: string;
  value: string;
  /** Its records: metric of the records route, noun, and whether there are any. */
  records: { metric: string; of: string; any: boolean } | null;
  note: string;
  trend: Trend;
  before: (value: number) => string;
}

export function KpiCards() {
  const { data, failure, isLoading } = kpis.shown.value;
  return (
    <section class="cards" aria-labelledby="cards-title" aria-busy={isLoading}>
      <h2 id="cards-title" class="unseen">
        Key figures
      </h2>
      {data
        ? cards(data).map((card) => (
            <KpiCard key={card.name} card={card} dateRange={data.dateRange} />
          ))
        : Array.from({ length: failure ? 1 : 6 }, (_, card) => (
            <div key={card} class={failure ? "panel is-wide" : "panel card"}>
              <Content resource={kpis} lines={3}>
                {() => null}
              </Content>
            </div>
          ))}
    </section>
  );
}

function KpiCard({ card, dateRange }: { card: Card; dateRange: DateRange }) {
  const { previous, change } = card.trend;
  return (
    <article class="panel card" data-kpi={card.name}>
      <h3>{card.name}</h3>
      <p class="card-value">
        {card.records ? (
          <RecordsNumber
            hasAny={card.records.any}
            text={card.value}
            title={`${card.name}: ${card.records.of}, ${periodLabel(dateRange)}`}
            query={`metric=${card.records.metric}&${periodQuery(dateRange)}`}
          />
        ) : (
          card.value
        )}
      </p>
      <p class="card-note">{card.note}</p>
      <p class="card-trend">
        <TrendChip trend={card.trend} />
        {change !== null && previous !== null && (
          <span class="soft before">
            before: {card.before(previous)}
            {card.trend.points !== null && `, ${signedDecimal(card.trend.points)} points`}
          </span>
        )}
      </p>
    </article>
  );
}

function cards({ kpis: values, trendDetails: trends }: Kpis): Card[] {
  const rated = count(values.satisfactionCount);
  const served: Card[] = [
    {
      name: "Revenue",
      value: money(values.totalRevenue),
      note: "from conversions",
      records: { metric: "revenue", of: "conversions", any: values.totalRevenue !== 0 },
      trend: trends.revenue,
      before: money,
    },
    {
      name: "Leads",
      value: count(values.leadsHandled),
      note: `${count(values.leadsThisWeek)} this week`,
      records: { metric: "leads", of: "leads", any: values.leadsHandled > 0 },
      trend: trends.leads,
      before: count,
    },
    {
      name: "Conversion rate",
      value: orDash(values.conversionRate, percent),
      note: "of the leads",
      records: { metric: "conversion", of: "converted leads", any: !!values.conversionRate },
      trend: trends.conversion,
      before: percent,
    },
    {
      name: "Response time",
      value: orDash(values.responseTimeHours, hours),
      note: `mean; median ${orDash(values.responseTimeMedianHours, hours)}`,
      records: { metric: "response", of: "answered leads", any: values.responseTimeHours !== null },
      trend: trends.response,
      before: hours,
    },
    {
      name: "Satisfaction",
      value: orDash(values.satisfactionScore, decimal),
      records: { metric: "satisfaction", of: "rated leads", any: values.satisfactionCount > 0 },
      note: values.satisfactionCount === 1 ? "of 5, 1 rating" : `of 5, ${rated} ratings`,
      trend: trends.satisfaction,
      before: decimal,
    },
  ];
  if (areRanksServed()) {
    served.push({
      name: "Team rank",
      value: orDash(values.teamRanking, count),
      note: values.totalAgents === null ? "named periods only" : `of ${count(values.totalAgents)}`,
      records: null,
      trend: trends.ranking,
      before: count,
    });
  }
  return served;
}
