-- Gateways of networks have moved from phase 3 to phase 2, and what monitoring reads of disaster recovery from phase 7 to phase 6: what is deployed by now is looked at again.
UPDATE windlass.deployed_units SET moves = true;
