const incident = {
  title: { en: 'Packet loss in Frankfurt', ru: 'Потери пакетов во Франкфурте' },
  text: { en: 'We are replacing a switch.', ru: 'Мы меняем коммутатор.' },
  link: 'https://status.host.example/incidents/318',
  topic_keys: ['servers', 'network'],
};

export const incidentExamples = {
  schemas: {
    Incident: {
      incident_id: 12,
      ...incident,
      created_at: '2026-11-23T19:58:00.000Z',
      updated_at: '2026-11-23T19:58:00.000Z',
      ended_at: null,
    },
  },
  requests: {
    publishIncident: incident,
    changeIncident: { is_ended: true },
  },
};
