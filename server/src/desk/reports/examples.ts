import { figures, isMeasure, reportNames } from './schema.ts';

const sampleOf = (figure: string) => (isMeasure(figure) ? 0.5 : 12);

const responses = reportNames.map((name) => {
  const row = Object.fromEntries(Object.keys(figures[name]).map((figure) => [figure, sampleOf(figure)]));
  const items = [{ group: 'servers', name: 'Servers', ...row }];
  const report = {
    report: name,
    from: '2026-11-01',
    to: '2026-11-30',
    time_zone: 'UTC',
    group_by: 'topic',
    items,
  };
  const csv = `"group","name",${Object.keys(row).map((figure) => `"${figure}"`)}\r\n"servers","Servers",${Object.values(row)}\r\n`;
  return [name, { report, csv }] as const;
});

const operationOf = (name: string) =>
  `report_${name}`.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

export const reportExamples = {
  responses: Object.fromEntries(
    responses.flatMap(([name, { report, csv }]) => [
      [operationOf(name), report],
      [`${operationOf(name)}Csv`, csv],
    ]),
  ),
};
