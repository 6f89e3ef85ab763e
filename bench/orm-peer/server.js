/**
 * The same work as the bare peer does, as it is commonly written: Express and Sequelize over the same two tables.
 * JavaScript, because its packages are installed only for the bench. Started by the bench, with DATABASE_URL.
 */
import express from 'express';
import { DataTypes, fn, literal, Sequelize } from 'sequelize';

const sequelize = new Sequelize(process.env.DATABASE_URL, { logging: false, pool: { max: 10 } });
const options = { timestamps: false, freezeTableName: true };

const Ticket = sequelize.define(
  'bare_tickets',
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, defaultValue: literal("nextval('bare_ticket_ids')") },
    account_id: DataTypes.BIGINT,
    summary: DataTypes.TEXT,
    body: DataTypes.TEXT,
    is_closed: { type: DataTypes.BOOLEAN, defaultValue: false },
    created_at: { type: DataTypes.DATE, defaultValue: DataTypes.NOW },
    updated_at: { type: DataTypes.DATE, defaultValue: DataTypes.NOW },
    words: DataTypes.TSVECTOR,
  },
  options,
);
const Comment = sequelize.define(
  'bare_comments',
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, defaultValue: literal("nextval('bare_comment_ids')") },
    ticket_id: DataTypes.BIGINT,
    body: DataTypes.TEXT,
    by_client: DataTypes.BOOLEAN,
    sent_at: { type: DataTypes.DATE, defaultValue: DataTypes.NOW },
  },
  options,
);

const attributes = ['id', 'summary', 'is_closed', 'created_at', 'updated_at'];
const app = express();
app.use(express.json());
const tickets = express.Router();
app.use('/support/tickets', tickets);

tickets.get('/', async ({ query, headers }, response) => {
  const where = [{ account_id: headers['x-account'] }];
  if (query.q) where.push(literal(`words @@ plainto_tsquery('simple', ${sequelize.escape(query.q)})`));
  const { rows, count } = await Ticket.findAndCountAll({
    attributes,
    where,
    order: [['updated_at', 'DESC']],
    limit: 10,
  });
  response.json({ items: rows, item_count: count });
});

tickets.get('/:id', async ({ params, headers }, response) => {
  response.json(
    await Ticket.findOne({ attributes, where: { id: params.id, account_id: headers['x-account'] } }),
  );
});

tickets.get('/:id/comments', async ({ params }, response) => {
  response.json({ items: await Comment.findAll({ where: { ticket_id: params.id }, order: ['id'] }) });
});

tickets.post('/', async ({ body: { summary, comment_body }, headers }, response) => {
  const ticket = await sequelize.transaction(async (transaction) => {
    const created = await Ticket.create(
      {
        account_id: headers['x-account'],
        summary,
        body: comment_body,
        words: fn('to_tsvector', 'simple', `${summary} ${comment_body}`),
      },
      { transaction },
    );
    await Comment.create({ ticket_id: created.id, body: comment_body, by_client: true }, { transaction });
    return created;
  });
  response.json(ticket);
});

tickets.post('/:id/comments', async ({ params, body: { body } }, response) => {
  const comment = await sequelize.transaction(async (transaction) => {
    await Ticket.update({ updated_at: new Date() }, { where: { id: params.id }, transaction });
    return Comment.create({ ticket_id: params.id, body, by_client: true }, { transaction });
  });
  response.json(comment);
});

const server = app.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
process.on('SIGTERM', () => process.exit(0));
