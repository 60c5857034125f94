/** The agent's rank in the team and the components of its score. */
import type { Ranking } from "../api";
import { ranking } from "../dashboard";
import { count, orDash, share } from "../format";
import { BarTable } from "../components/bars";
import { Frame } from "../components/frame";
import { ChangeChip } from "../components/trend";

const NOT_RANKED: Record<NonNullable<Ranking["reason"]>, string> = {
  named_periods_only: "Ranks exist for the named periods, not for dates of your choice.",
  too_few_leads: "Not ranked: too few leads in this period.",
  too_few_agents: "Not ranked: too few agents have enough leads in this period.",
  not_served: "Ranks are not shown here.",
};

export function RankPanel() {
  return (
    <Frame
      resource={ranking}
      title="Your place"
      name="rank"
      empty={(data) =>
        data.reason === null ? null : NOT_RANKED[data.reason]
      }
    >
      {(data) => <Place data={data} />}
    </Frame>
  );
}

function Place({ data }: { data: Ranking }) {
  const { conversion, satisfaction, response } = data.components;
  const parts: [string, number | null][] = [
    ["Conversion", conversion],
    ["Satisfaction", satisfaction],
    ["Response", response],
  ];
  return (
    <>
      <p class="place">
        <b>{orDash(data.rank, count)}</b> of {orDash(data.totalAgents, count)}
        {data.change !== null && <Moved places={data.change} />}
      </p>
      <BarTable
        caption="What the score is made of"
        heads={["Part of the score", "Points"]}
        whole={1}
        rows={[
          ...parts.map(([name, value]) => ({
            name,
            key: name,
            value: value ?? 0,
            cells: [orDash(value, share)],
          })),
          {
            name: <b>Score</b>,
            key: "score",
            value: data.score ?? 0,
            cells: [<b>{orDash(data.score, share)}</b>],
          },
        ]}
      />
    </>
  );
}

function Moved({ places }: { places: number }) {
  const better = places === 0 ? null : places > 0;
  return <ChangeChip change={{ change: places, unit: "places", better, isNotable: false }} />;
}
