select * from marts.agent_team_ranking
