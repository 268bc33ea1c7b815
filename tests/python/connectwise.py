"""Works on records with pyconnectwise, as anyone would with the vendor: an order as JSON on stdin, a report on stdout."""

import json
import sys
from datetime import datetime, timedelta, timezone

from pyconnectwise import ConnectWiseManageAPIClient
from pyconnectwise.exceptions import NotFoundException


def listed(endpoint, conditions):
    """The ids of a filtered list, two to a page, and how many pages they came in."""
    page = endpoint.paginated(1, 2, params={"conditions": conditions})
    ids, pages = [], 0
    while page.has_data:
        pages += 1
        ids += [record.id for record in page.data]
        page.get_next_page()
    return ids, pages


def lived(endpoint, made, path, value):
    """The life of a record: made, read, changed, read again, deleted, gone."""
    record = endpoint.post(made)
    read = endpoint.id(record.id).get()
    endpoint.id(record.id).patch([{"op": "replace", "path": path, "value": value}])
    changed = endpoint.id(record.id).get()
    endpoint.id(record.id).delete()
    try:
        endpoint.id(record.id).get()
        gone = False
    except NotFoundException:
        gone = True
    return {
        "same": read.id == record.id,
        "before": getattr(read, attribute(path)),
        "after": getattr(changed, attribute(path)),
        "gone": gone,
    }


def attribute(path):
    """The library's name of a property."""
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in path)


def main():
    order = json.load(sys.stdin)
    client = ConnectWiseManageAPIClient(
        company_name=order["credentials"]["company_id"],
        manage_url=order["host"],
        client_id=order["credentials"]["client_id"],
        public_key=order["credentials"]["public_key"],
        private_key=order["credentials"]["private_key"],
    )
    company = client.company.companies.get(params={"pageSize": 1})[0]
    ticket = client.service.tickets.get(params={"conditions": "closedFlag=False", "pageSize": 1})[0]
    start = datetime.now(timezone.utc).replace(microsecond=0) - timedelta(hours=2)
    tasks = {
        "tickets": (
            client.service.tickets,
            f'board/name="{ticket.board.name}"',
            {"summary": "Scanner does not scan", "company": {"id": company.id}},
            ("summary", "Scanner scans again"),
        ),
        "companies": (
            client.company.companies,
            f'name contains "{order["part"]}" and deletedFlag=False',
            {"identifier": "NewClientLtd", "name": "New Client Ltd", "city": "Tampa"},
            ("city", "St. Petersburg"),
        ),
        "time_entries": (
            client.time.entries,
            'billableOption="Billable"',
            {
                "chargeToType": "ServiceTicket",
                "chargeToId": ticket.id,
                "timeStart": f"{start:%Y-%m-%dT%H:%M:%SZ}",
                "actualHours": 0.5,
                "notes": "Looked at the scanner",
            },
            ("notes", "Cleaned the scanner"),
        ),
    }
    report = {}
    for name, (endpoint, conditions, made, (path, value)) in tasks.items():
        ids, pages = listed(endpoint, conditions)
        whole = endpoint.get(params={"conditions": conditions, "pageSize": 1000})
        report[name] = lived(endpoint, made, path, value) | {
            "pages": pages,
            "complete": sorted(ids) == sorted(record.id for record in whole),
            "some": 2 < len(ids) < len(endpoint.get(params={"pageSize": 1000})),
        }
    json.dump(report, sys.stdout)


main()
