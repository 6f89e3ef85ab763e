export const auditExamples = {
  responses: {
    listAudit: {
      items: [
        {
          cursor: '1.20480.90011',
          created_at: '2026-11-23T19:58:00.000Z',
          type: 'ticket.triaged',
          actor_kind: 'staff',
          staff_id: 3,
          staff_name: 'Anna Petrova',
          token_id: null,
          user_id: null,
          account_id: 7,
          ticket_number: 100_042,
          comment_id: null,
          data: { before: { priority: 'normal' }, after: { priority: 'high' } },
        },
      ],
      after: null,
    },
    exportAudit:
      'created_at,type,actor_kind,staff_id,staff_name,token_id,user_id,account_id,ticket_number,comment_id,data\r\n' +
      '"2026-11-23T19:58:00.000Z","ticket.triaged","staff",3,"Anna Petrova",,,7,100042,,"{""after"":{""priority"":""high""}}"\r\n',
  },
};
