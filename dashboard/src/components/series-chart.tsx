/** Chart of series by date, as bars or lines, with a legend for the pointer and a table. */
import { useEffect, useRef, useState } from "preact/hooks";
import uPlot from "uplot";
import { theme } from "../theme";
import { chartOptions } from "./chart-options";

export interface Series {
  label: string;
  /** A custom property that holds a colour. */
  color: string;
  values: (number | null)[];
  isBars?: boolean;
  isDashed?: boolean;
  highlight?: number;
}

export interface SeriesChartProps {
  dates: string[];
  series: Series[];
  caption: string;
  dateHead: string;
  dateText: (isoDate: string) => string;
  valueText: (value: number) => string;
  axisText: (value: number) => string;
}

export function SeriesChart(props: SeriesChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const look = theme.value;
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const size = () => ({ width: element.clientWidth, height: element.clientHeight });
    const options = { ...chartOptions(props, element, setPointed), ...size() };
    const data = [
      props.dates.map((_, index) => index),
      ...props.series.map(({ values }) => values),
    ];
    const plot = new uPlot(options, data as uPlot.AlignedData, element);
    const observer = new ResizeObserver(() => plot.setSize(size()));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [props.dates, props.series, look]);
  const date = pointed === null ? undefined : props.dates[pointed];
  return (
    <figure class="chart">
      <figcaption>
        {props.series.length > 1 || date ? (
          <Legend {...props} date={date} pointed={pointed} />
        ) : (
          props.caption
        )}
      </figcaption>
      <div ref={place} class="plot" aria-hidden="true" />
      <SeriesTable {...props} />
    </figure>
  );
}

function Legend(props: SeriesChartProps & { date: string | undefined; pointed: number | null }) {
  return (
    <>
      {props.date && <span class="pointed">{props.dateText(props.date)}</span>}
      {props.series.map((series) => (
        <span key={series.label} class="legend">
          <i
            class={series.isDashed ? "is-dashed" : ""}
            style={{ borderColor: `var(${series.color})` }}
          />
          {series.label}
          {props.pointed !== null && <b>{text(series.values[props.pointed], props.valueText)}</b>}
        </span>
      ))}
    </>
  );
}

function SeriesTable(props: SeriesChartProps) {
  return (
    <details class="as-table">
      <summary>As a table</summary>
      <div class="scroll" tabIndex={0} role="region" aria-label={props.caption}>
        <table>
          <caption class="unseen">{props.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{props.dateHead}</th>
              {props.series.map(({ label }) => (
                <th key={label} scope="col" class="number">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {props.dates.map((date, row) => (
              <tr key={date}>
                <th scope="row">{props.dateText(date)}</th>
                {props.series.map(({ label, values }) => (
                  <td key={label} class="number">
                    {text(values[row], props.valueText)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function text(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? "–" : format(value);
}
