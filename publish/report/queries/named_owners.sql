-- What owners are called, for those that have a name.
select owner_id, owner_name from owner_names
order by owner_name, owner_id
