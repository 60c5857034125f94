/** The agent's rank in the team, the components of its score, and what one more success adds. */
import type { Ranking } from "../api";
import { ranking } from "../dashboard";
import { count, orDash, share, signedShare } from "../format";
import { BarTable } from "../components/bars";
import { Frame } from "../components/frame";
import { ChangeChip } from "../components/trend";

const NOT_RANKED: Record<NonNullable<Ranking["reason"]>, string> = {
  named_periods_only: "Ranks exist for the named periods, not for dates of your choice.",
  too_few_leads: "Not ranked: too few leads in this period.",
  too_few_agents: "Not ranked: too few agents have enough leads in this period.",
  not_served: "Ranks are not shown here.",
};

/** Whether the installation serves ranks; true while that is not known yet. */
export const areRanksServed = () => ranking.shown.value.data?.reason !== "not_served";

export function RankPanel() {
  if (!areRanksServed()) return null;
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
  const weights = data.weights;
  const parts: [string, number | null, number | undefined][] = [
    ["Conversion", conversion, weights?.conversion],
    ["Satisfaction", satisfaction, weights?.satisfaction],
    ["Response", response, weights?.response],
  ];
  return (
    <>
      <p class="place">
        <b>{orDash(data.rank, count)}</b> of {orDash(data.totalAgents, count)}
        {data.rankRange && <RangeNote range={data.rankRange} />}
        {data.change !== null && <Moved places={data.change} />}
      </p>
      <BarTable
        caption="What the score is made of"
        heads={["Part of the score", "Weight", "Points"]}
        whole={1}
        rows={[
          ...parts.map(([name, value, weight]) => ({
            name,
            key: name,
            value: value ?? 0,
            cells: [orDash(weight, share), orDash(value, share)],
          })),
          {
            name: <b>Score</b>,
            key: "score",
            value: data.score ?? 0,
            cells: ["", <b>{orDash(data.score, share)}</b>],
          },
        ]}
      />
      <OneMore changes={data.oneMore} />
    </>
  );
}

function RangeNote({ range: { low, high } }: { range: NonNullable<Ranking["rankRange"]> }) {
  const places = low === high ? `place ${count(low)}` : `places ${count(low)} to ${count(high)}`;
  return <span class="soft rank-range"> Your numbers fit {places}.</span>;
}

function OneMore({ changes }: { changes: Ranking["oneMore"] }) {
  const successes: [string, number | null][] = [
    ["one more of your leads converts", changes.conversion],
    ["one more lead is answered immediately", changes.answer],
    ["one more lead rates you 5", changes.rating],
  ];
  return (
    <>
      <p class="soft">Your score changes by</p>
      <ul class="one-more">
        {successes.map(
          ([success, change]) =>
            change !== null && (
              <li key={success}>
                <b>{signedShare(change)}</b> if {success}
              </li>
            ),
        )}
      </ul>
    </>
  );
}

function Moved({ places }: { places: number }) {
  const better = places === 0 ? null : places > 0;
  return <ChangeChip change={{ change: places, unit: "places", better, isNotable: false }} />;
}
