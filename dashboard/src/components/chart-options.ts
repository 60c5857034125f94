/** uPlot options of a series chart: the page's colours, and a range that includes zero. */
import uPlot from "uplot";
import type { Series, SeriesChartProps } from "./series-chart";

export function chartOptions(
  props: SeriesChartProps,
  element: HTMLElement,
  onPoint: (index: number | null) => void,
): Omit<uPlot.Options, "width" | "height"> {
  const color = (name: string) => resolved(element, name);
  const font = `12px ${getComputedStyle(element).fontFamily}`;
  const axis = { stroke: color("--soft"), font, ticks: { show: false } };
  return {
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    hooks: { setCursor: [(plot) => onPoint(plot.cursor.idx ?? null)] },
    scales: { x: { time: false, range: (_, low, high) => [low - 0.6, high + 0.6] }, y: { range } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        space: 64,
        size: 28,
        incrs: [1, 2, 5, 7, 14, 30, 60, 90],
        values: (_, indices) =>
          indices.map((index) => (props.dates[index] ? props.dateText(props.dates[index]) : "")),
      },
      {
        ...axis,
        grid: { stroke: color("--line"), width: 1 },
        size: 52,
        space: 36,
        values: (_, values) => values.map(props.axisText),
      },
    ],
    series: [{}, ...props.series.map((series) => drawn(series, color))],
  };
}

function drawn(series: Series, color: (name: string) => string): uPlot.Series {
  const stroke = color(series.color);
  if (!series.isBars) {
    return {
      stroke,
      width: 2,
      spanGaps: false,
      points: { show: false },
      ...(series.isDashed && { dash: [5, 4] }),
    };
  }
  const fills = series.values.map((_, index) =>
    index === series.highlight ? color("--highlight") : stroke,
  );
  return {
    fill: stroke,
    width: 0,
    points: { show: false },
    paths: uPlot.paths.bars!({
      size: [0.72, 44],
      radius: 0.15,
      disp: { fill: { unit: 3, values: () => fills } },
    }),
  };
}

function range(_: uPlot, low: number | null, high: number | null): uPlot.Range.MinMax {
  const bottom = Math.min(low ?? 0, 0);
  const top = Math.max(high ?? 0, 0);
  return [bottom * 1.08, top === bottom ? 1 : top * 1.08];
}

/** Resolves a CSS custom property to a colour that a canvas accepts. */
function resolved(element: HTMLElement, name: string): string {
  const probe = element.appendChild(document.createElement("i"));
  probe.style.color = `var(${name})`;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
