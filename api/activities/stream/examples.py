"""Example of the event stream, as the OpenAPI document shows it."""

STREAM = """: open
id: Jq0m2mAKWk3v0c8mP1n0aVQ3WzQxMiw4MDAxNzEsW11d
retry: 1000

event: activity
data: {"id":"act_4sP0tQk2mV9zXw1b","type":"call","title":"Call","description":null,\
"timestamp":"2026-03-31T09:14:01.220417Z","metadata":{"leadId":"L-1207","outcome":"done"}}
id: 1fHkWnXyqJr7mD2cFz0lRVs0MTIsODAwMTcyLFtdXQ

event: goal
data: {"id":17,"period":"monthly","goalType":"revenue","isAchieved":true}
id: Yt3o0pV1ySLmG9sQd4a2bVs0MTIsODAwMTc0LFtdXQ

event: build
data: {"asOf":"2026-03-31","timeZone":"UTC","dataThrough":"2026-03-31T09:10:00Z",\
"builtAt":"2026-03-31T09:15:03Z","buildId":413,"currency":null}
id: 0aC5gIq8yX2kzP7nE6wUVFs0MTMsODAwMTgwLFtdXQ

: heartbeat
id: W9b2dJt5cR1xqL4hO8sKZls0MTMsODAwMjAyLFtdXQ

event: end
data: {"reason":"token_expired"}

""".replace("\\\n", "")
