/** The agent's rank in the team and the components of its score. */
import type { Ranking } from "../api";
import { ranking } from "../dashboard";
import { count, orDash, share, signedCount } from "../format";
import { BarTable } from "../components/bars";
import { Frame } from "../components/frame";
import { Arrow } from "../components/trend";

export function RankPanel() {
  return (
    <Frame
      resource={ranking}
      title="Your place"
      name="rank"
      empty={(data) =>
        data.rank === null ? `Not ranked: no leads in these ${data.dateRange} days.` : null
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
        <b>{orDash(data.rank, count)}</b> of {count(data.totalAgents)}
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
  const verdict = places === 0 ? "even" : places > 0 ? "better" : "worse";
  return (
    <span class={`trend is-${verdict}`}>
      <Arrow change={places} />
      {signedCount(places)} {Math.abs(places) === 1 ? "place" : "places"}{" "}
      <span class="verdict">{verdict === "even" ? "no change" : verdict}</span>
    </span>
  );
}
